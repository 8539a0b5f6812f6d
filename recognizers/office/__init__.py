"""Rule packs that offices write in YAML, without code; read, proved and run like our own rules."""
