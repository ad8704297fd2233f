-- A source text, once per content.
INSERT INTO source (hash, raw_len, packed) VALUES (:hash, :raw, :packed) ON CONFLICT (hash) DO NOTHING
