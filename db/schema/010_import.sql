-- Processes that other profilers measured. What a format does not count is unknown for them, not 0.
CREATE TABLE imported (
    process_id  INTEGER PRIMARY KEY REFERENCES process ON DELETE CASCADE,
    format      TEXT NOT NULL,
    file        TEXT NOT NULL,                          -- the first one
    hits        INTEGER NOT NULL CHECK (hits IN (0, 1)),        -- it counts how often lines ran
    calls       INTEGER NOT NULL CHECK (calls IN (0, 1))        -- and how often functions were called
) STRICT;
