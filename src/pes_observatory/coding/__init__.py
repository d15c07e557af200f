"""Coding: themes of the codebook for every answer and passage, with the words that say so."""
