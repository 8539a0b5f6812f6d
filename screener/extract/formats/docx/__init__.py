"""Word papers (ECMA-376): the package, its parts, what hides in them."""
