DROP TRIGGER organisation_recorded ON organisation;
DROP TABLE idempotency, signature, login_attempt, session, appointment, product, office;
