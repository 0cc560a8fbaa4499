ALTER TABLE card_task DROP CONSTRAINT card_task_visit_check;
ALTER TABLE card_task DROP COLUMN visit_check;
