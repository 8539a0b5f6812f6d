"""Translations: ``zh_CN/*.po``, one file a room, compiled into one ``screener.mo``."""
