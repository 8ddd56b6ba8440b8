"""Known mistakes with the model of one parameter and its slope."""

from __future__ import annotations

from autograder.diagnosis import Misconception

FORWARD = (
    Misconception(
        "forward-adds",
        "forward_propagation",
        lambda x, theta: theta + x,
        "J is computed as the sum of theta and x.",
        "Read formula (2) again: how do theta and x come together in it? Try x = 0 with pencil and paper: what should "
        "the cost be, and what does your function say?",
    ),
    Misconception(
        "forward-squares",
        "forward_propagation",
        lambda x, theta: (theta * x) ** 2,
        "J is computed as a squared cost.",
        "Many costs are squares, but the model of this notebook is simpler. Formula (2) is linear in theta: when theta "
        "doubles, what becomes of J, and what becomes of your result?",
    ),
    Misconception(
        "forward-returns-input",
        "forward_propagation",
        lambda x, _theta: x,
        "J is x alone; theta plays no part.",
        "The cost depends on the parameter, else there would be nothing to learn. Where does theta come into formula "
        "(2), and where does it come into your line?",
    ),
    Misconception(
        "forward-returns-theta",
        "forward_propagation",
        lambda _x, theta: theta,
        "J is theta alone; x plays no part.",
        "The cost of the model depends on the example as well as on the parameter. Where does x come into formula "
        "(2), and where does it come into your line?",
    ),
    Misconception(
        "forward-subtracts",
        "forward_propagation",
        lambda x, theta: theta - x,
        "J is computed as the difference of theta and x.",
        "Read formula (2) again: how do theta and x come together in it? Try x = 0 with pencil and paper: what "
        "should the cost be, and what does your function say?",
    ),
    Misconception(
        "forward-divides-by-x",
        "forward_propagation",
        lambda x, theta: theta / x,
        "J is computed as theta over x.",
        "Formula (2) is linear in both quantities: when x doubles, what becomes of J, and what becomes of your "
        "result? And what would happen for x = 0?",
    ),
    Misconception(
        "forward-divides-by-theta",
        "forward_propagation",
        lambda x, theta: x / theta,
        "J is computed as x over theta.",
        "Formula (2) is linear in both quantities: when theta doubles, what becomes of J, and what becomes of your "
        "result? And what would happen for a theta of 0?",
    ),
    Misconception(
        "forward-negative",
        "forward_propagation",
        lambda x, theta: -theta * x,
        "J has the wrong sign.",
        "With a positive x and a positive theta, which sign should the cost have by formula (2)? Look for a minus "
        "that is not there.",
    ),
    Misconception(
        "forward-squares-theta",
        "forward_propagation",
        lambda x, theta: theta**2 * x,
        "J contains the square of theta.",
        "Formula (2) is a straight line in theta: when theta doubles, J doubles too. By how much does your result "
        "grow? Look for an exponent, or for a factor that stands there twice.",
    ),
    Misconception(
        "forward-squares-x",
        "forward_propagation",
        lambda x, theta: theta * x**2,
        "J contains the square of x.",
        "Formula (2) is linear in x: when x doubles, J doubles too. By how much does your result grow? Look for an "
        "exponent, or for a factor that stands there twice.",
    ),
    Misconception(
        "forward-halved-square",
        "forward_propagation",
        lambda x, theta: 0.5 * (theta * x) ** 2,
        "J is computed as half of a squared product.",
        "Half a square is a usual cost elsewhere, but the model of this notebook is simpler. Formula (2) is linear "
        "in theta: when theta doubles, what becomes of J, and what becomes of your result?",
    ),
)

BACKWARD = (
    Misconception(
        "backward-returns-theta",
        "backward_propagation",
        lambda _x, theta: theta,
        "The derivative is taken with respect to x instead of theta.",
        "In training, the input stays and the parameter moves. Hold x fixed in formula (2) and let theta grow by 1: by "
        "how much does J grow? That amount is the derivative that is wanted.",
    ),
    Misconception(
        "backward-returns-cost",
        "backward_propagation",
        lambda x, theta: theta * x,
        "The backward pass returns the cost J itself instead of its slope.",
        "A function's value and its slope are two things. Draw J against theta for x = 2: it is a straight line. "
        "How high it is at theta = 4 is J; how steep it is there is what the backward pass must say.",
    ),
    Misconception(
        "backward-returns-one",
        "backward_propagation",
        lambda _x, _theta: 1.0,
        "The derivative is always 1.",
        "The derivative of theta alone would be 1, but here theta is multiplied by something. Draw J against theta for "
        "two different x: are the two lines equally steep?",
    ),
    Misconception(
        "backward-sign-wrong",
        "backward_propagation",
        lambda x, _theta: -x,
        "The derivative has the wrong sign.",
        "Hold x fixed, at a positive number, and let theta grow a little: does J grow or shrink? The derivative has "
        "to say the same. Look for a minus that is not there.",
    ),
    Misconception(
        "backward-twice-too-large",
        "backward_propagation",
        lambda x, _theta: 2 * x,
        "The derivative is twice too large.",
        "A factor 2 comes from the derivative of a square, but nothing is squared in formula (2). Hold x fixed and "
        "let theta grow by 1: by how much does J grow?",
    ),
    Misconception(
        "backward-squares-x",
        "backward_propagation",
        lambda x, _theta: x**2,
        "The derivative is the square of x.",
        "Hold x fixed, at 3 say, and let theta grow by 1: by how much does J grow? That amount is the derivative. "
        "Which number does your function give?",
    ),
    Misconception(
        "backward-of-a-square",
        "backward_propagation",
        lambda x, theta: 2 * theta * x,
        "The derivative is that of a square of theta.",
        "The derivative of a square has a factor 2 and keeps its base. But formula (2) has no square: J is a "
        "straight line in theta, and its slope is the same everywhere.",
    ),
    Misconception(
        "backward-adds",
        "backward_propagation",
        lambda x, theta: x + theta,
        "The derivative is computed as the sum of x and theta.",
        "The derivative tells how much J changes when theta alone moves. Hold x fixed in formula (2) and let theta "
        "grow by 1: does the change depend on where theta stood?",
    ),
    Misconception(
        "backward-returns-zero",
        "backward_propagation",
        lambda _x, _theta: 0.0,
        "The derivative is always 0.",
        "A derivative of 0 would mean that the parameter has no influence on the cost. Hold x fixed, at 3 say, and "
        "let theta grow by 1: does J stay the same?",
    ),
)
