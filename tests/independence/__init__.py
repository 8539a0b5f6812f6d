"""What a screening must not depend on."""
