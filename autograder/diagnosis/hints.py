"""What to think about, for each kind of mistake."""

from __future__ import annotations

HINTS = {
    "returns-nothing": "A function without a return statement gives None. Read the last line of your function: does "
    "every way through it end in a return, and does the return name the value that was asked for?",
    "wrong-structure": "Read in the docstring, under Returns, what the function gives back: one number, a dictionary "
    "with named entries, or a tuple in a fixed order. Print your result and compare it with that, part by part.",
    "contents": "Call your function with a small input whose result you know by heart, and compare the two, entry by "
    "entry. What is there too often, or not at all, or elsewhere? Read in the docstring what belongs in the result.",
    "output-missing": "Print the names of everything that your function returns, and compare the list with the one in "
    "the docstring. Mind the spelling, upper and lower case, and where a loop over them begins and ends.",
    "not-numbers": "Print this output of your function, its type and its dtype. It should hold numbers only: look for "
    "a list of unequal rows, a text, a comparison, a None that was left in, or a call that lacks its brackets.",
    "wrong-shape": "Write down the shapes of all arrays on the way to this output, line by line, and compare the last "
    "one with the docstring. Sums along an axis, indices and transpositions are what changes shapes.",
    "transposed": "Write down how many rows and columns this array must have: one row for what, one column for what? "
    "Then look at the order of the numbers in a shape, or at the order of the two factors of a matrix product.",
    "not-a-number": "A NaN or an infinity comes from a division by zero, a logarithm of zero, an overflow, a root of "
    "a negative number, or an array that was never filled. Print the steps on the way to this output and find the "
    "first that is not finite.",
    "complex": "Print the dtype of each step and find the first that is complex: a Fourier transform or its inverse, "
    "a root of a negative number, a constant with j. A number that should be real stays complex until its real part "
    "is taken, also where its imaginary part is 0.",
    "hard-coded": "Call your function with two quite different inputs and compare the results. Which of the arguments "
    "does each line of your answer use? Numbers copied from one example cannot be right for the next.",
    "all-zero": "Print the steps on the way to this output and find the first that is 0 in every entry. A factor of 0 "
    "makes all that follows 0: is there a whole-number division, a difference of two equal things, or an array of "
    "zeros that nobody filled?",
    "sign": "Follow the sign through your lines: which of two terms is subtracted from which, and is there a minus in "
    "front of the whole formula? A small example with all numbers positive shows it quickly.",
    "factor": "Compare the factors in front of your expression with those in the formula, one after the other. Is one "
    "missing, is one used twice, or does a division reach further than you meant? Brackets may be the reason.",
    "term": "Write the formula as a sum and tick off its terms against your lines. Is every term there exactly once, "
    "with its own sign and its own factor, and is nothing added that the formula does not have?",
    "swapped": "Two outputs have been confused. Look at the names on both sides of each assignment and at the order in "
    "the return statement: copied lines with one digit left unchanged are the usual reason.",
    "other-function": "Compare your last step with the formula: is something squared, rooted, inverted or rounded "
    "there that should not be, or the other way round? A tiny example with round numbers shows it.",
    "argument-ignored": "Change only this argument, leave all others alone, and call your function again: the result "
    "should change. Where does the formula use it, and where do your lines? A constant may stand in its place.",
    "inputs-changed": "Arrays, lists and dictionaries are handed over without being copied. An operation in place, "
    "such as += or an assignment to an entry, changes the caller's own data. Work on a copy, or make a new array.",
    "input-unchanged": "The caller is to see the change in what it handed over. To assign to the name of a parameter "
    "only gives that name to another object; to assign to one of its entries, or to compute in place as += does with "
    "an array, changes the caller's own.",
    "never-calls": "The task is to examine another function, so that function has to be asked: a formula of your own "
    "in its place gives the same number today, and still finds nothing when that function has a mistake.",
    "random-stream": "Everybody is to get the same random numbers. That depends on the seed, on where it is set, on "
    "which generator function is called, on the shape of each draw, and on the order of the draws.",
    "noise": "The values are nearly right, so the formula is. Look for what blurs them: rounding, a narrower type of "
    "float, a small number added for safety, or random numbers where none belong.",
    "type": "The numbers are right but stored as another type. Print the dtype of this output, and look for "
    "integers, lists or conversions on the way to it; NumPy rounds what is put into an array of integers.",
    "edge": "Ordinary inputs give the right values. Try the smallest ones by hand: one example, one entry, a strength "
    "of zero, a probability of one. Which line relies on having more than that?",
    "only-some-outputs": "Most outputs are right, so the mistake lies in the lines of the others only. Put those lines "
    "beside the ones of a right output, symbol by symbol, and each line with the formula.",
    "begins-at": "Later outputs are computed from earlier ones, so mend the first wrong one first and look again. "
    "Compare its line with the formula, term by term, and check each array that it uses.",
    # Slips in one place of a formula.
    "factor-missing": "Read the formula from left to right and point at each factor in your line. One of them has no "
    "counterpart there. What is it for: a mean, a rate, a probability, a mask?",
    "factor-twice": "One factor or divisor of the formula has been applied more than once. Perhaps it is already part "
    "of an earlier line whose result you use again. Follow one number by hand through both lines.",
    "division-missing": "Which sums of the formula are means, and which values are scaled? Look for the quantity that "
    "stands below the fraction bar, and check that your brackets let the division reach everything it should.",
    "term-missing": "Write the formula as a sum and tick off its terms against your line. One has no counterpart. What "
    "does it stand for, and in which special case would it be zero, so that its absence goes unnoticed?",
    "operation": "Two quantities are joined by another operation than the formula has. Is it a product or a quotient, "
    "a matrix product or one entry by entry? The shapes, and a case with simple numbers, will tell you.",
    "factor-order": "The order matters here: of two matrices in a product, of two arguments of a function. Write down "
    "their shapes, and what each row and column stands for, before you decide which comes first.",
    "power": "An exponent is missing or another one. What does the formula do with quantities that may be negative, "
    "and why? Double the input in your mind: by how much should the result grow?",
    "number": "Look at the plain numbers in this line: factors, exponents, bounds and indices. Compare each with the "
    "formula or the text of the exercise, and ask what the number stands for.",
    "wrong-variable": "Read this line aloud, name by name. One of the names is not the one that the formula has here; "
    "lines that were copied from another place often keep one old name or index.",
    "comparison": "Take one number that is clearly small and one that is clearly large, and go through the comparison "
    "by hand. Which of the two should come out as true? Compare with the text of the exercise.",
    "transpose": "Write down the shape of each matrix in this line, with what its rows and columns stand for. The "
    "inner sizes of a product must count the same thing, and that thing is summed away.",
    "wrong-index": "Count the entries, starting from 0 as Python does. Which entry belongs to this round of a loop and "
    "which to the round before; what does each side of a shape count?",
    "off-by-one": "Write down which values the loop variable takes for a short input, the first and the last above "
    "all, and remember that range leaves out its end. Which entries are treated?",
    "order": "Which entry is to come first, the largest or the smallest, the first or the last one found? Print the "
    "list before and after it is sorted or turned round, and compare it with the text of the exercise.",
    "root-missing": "A variance is a square, and so is a sum of squares; a standard deviation and a norm are lengths. "
    "Which of the two does the formula ask for here, and which does your line compute?",
    "square-missing": "Without the square, positive and negative numbers cancel each other. Look for the small 2 in "
    "the formula: to what exactly does it belong, each entry or the sum as a whole?",
    "function-missing": "The formula applies a function here, and your line uses its argument as it is. Go through the "
    "formula from the inside out and name each function as you meet it.",
    "wrong-function": "Another function than the one in the formula is applied here, and for some inputs the two are "
    "alike. Look up what each of them does, and try both on two or three numbers.",
    "wrong-axis": "Say what a row of this array stands for, and what a column. Decide which of the two has to be "
    "summed away, and how many numbers must be left; then look at what your sum does to the shape.",
    "precedence": "Python works off products and quotients from left to right, before sums and differences. Say aloud "
    "what stands below each fraction bar in the formula, and see whether your brackets say the same.",
    "copy-missing": "An assignment gives an array a second name, it does not copy it. Change one entry through either "
    "name and print both. Where does your code need two arrays that can differ?",
    "wrong-default": "The value that stands in the def line is used whenever the caller does not give one. The "
    "exercise fixes the first line of the function: compare yours with it, character by character.",
    "step-missing": "A step of the recipe is missing: the value goes on unchanged. Number the steps in the text of the "
    "exercise, and write the same numbers beside your lines. Which number has no line?",
}
