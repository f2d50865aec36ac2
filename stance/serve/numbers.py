"""How to read the numbers, for the third tab of the page: names and meanings."""

NUMBERS = {
    "Probability": "How often such a label is right: of statements with 80%, about four in five were labelled so by "
    "those who read them. The model card says how well this holds.",
    "Confidence": "The probability of the label that was given.",
    "Undecided": "Too little to judge: fewer than three words, or words that the model does not know. It is not the "
    "stance \u201cnone\u201d, which was read and takes no stance.",
    "Words with numbers": "What a word adds to the score of the label. All of them and a constant add up to the "
    "score exactly; 0.7 more doubles the odds.",
    "Why not the other": "The same sums against the second most probable label.",
    "Without \u2026 it would be \u2026": "The smallest set of words whose loss gives another label. If it is one small "
    "word, do not lean on the label.",
    "Shares by speaker": "Of the decided statements. Counts of few statements say little, and labels that are often "
    "confused shift the shares.",
    "Speaker": "A claim with a grade: certain, likely, or a guess. Check a guess in the text.",
}
