-- A visit's task keeps the check that the officer has signed, so that the card opens when it shows its code.
ALTER TABLE card_task ADD COLUMN visit_check bytea;
ALTER TABLE card_task ADD CONSTRAINT card_task_visit_check CHECK (visit_check IS NULL OR kind = 'unlock_visit');
COMMENT ON COLUMN card_task.visit_check IS 'What the officer has seen and signed before the holder chooses a code, encrypted; gone when the task is over.';
