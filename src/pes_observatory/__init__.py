"""PES Observatory: survey themes, network documents and labour indicators, released nightly."""

__version__ = "0.1.0"
