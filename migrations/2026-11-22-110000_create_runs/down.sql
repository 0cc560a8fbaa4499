DROP INDEX deadline_rule_due;
DROP TABLE safety_stop, nightly_run;
