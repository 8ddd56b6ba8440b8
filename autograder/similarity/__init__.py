"""What two submissions share beyond what the homework forces, for a person to look at; never a mark.

Each thing that a student need not have written so (a comment, a name, the build of a function, a named mistake) is a
*trait*. A trait that k of N submissions have weighs log2(N / k) bits where two of them share it: so surprising it would
be that the second has it, if the second were any submission of the class. A pair's bits are the sum, and a pair is
listed when the sum is so large that chance would hardly bring forth one such pair in the whole class. `traits` finds
them, `evidence` weighs them. In a small class no trait is rare; there too a pair is listed when most of its answers are
the same word for word, with enough lines that nobody was given: `sameness` finds these.
"""

from autograder.similarity.evidence import Pair, Shared, Similarity, compare
from autograder.similarity.sameness import Answer, Same, answers_of
from autograder.similarity.traits import Given, Kind, Trait, given_of, traits_of

__all__ = [
    "Answer",
    "Given",
    "Kind",
    "Pair",
    "Same",
    "Shared",
    "Similarity",
    "Trait",
    "answers_of",
    "compare",
    "given_of",
    "traits_of",
]
