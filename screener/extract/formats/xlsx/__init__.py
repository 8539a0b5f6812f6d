"""Workbooks (ECMA-376): cells, their looks, drawings and the other parts."""
