"""The short names of provinces as number plates write them (GA 36-2018)."""

from __future__ import annotations

PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
