"""What templates are given: typed, frozen values, ready to be shown but not yet formatted or worded.

A page is a struct that names its template; `rendering.render` does the rest. Times are aware and formatted by the
template in the site's zone and language; HTML is `Markup` that the markup module made; everything else is plain text.
"""
