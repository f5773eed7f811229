"""A reader's text to safe HTML, rendered once and stored: paragraphs, line breaks, web addresses, [words](address),
**bold**, *italic* or _italic_, > quotes, lists of two or more "- " lines. Whatever else is typed stands as
it was typed.
"""

from rejoinder.markup.plain import excerpt, plain, quoted
from rejoinder.markup.rendering import HTML_VERSION, Rendered, render, with_names

__all__ = ["HTML_VERSION", "Rendered", "excerpt", "plain", "quoted", "render", "with_names"]
