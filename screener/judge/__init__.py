"""Pure judgement: findings, facts and a policy give levels and reasons."""
