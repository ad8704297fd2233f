-- Texts that a command printed in its JSON, beside recorded_metric: which index it used, which mode it was in.
CREATE TABLE recorded_text (
    run_id      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;
