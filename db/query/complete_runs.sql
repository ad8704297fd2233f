-- What names runs: labels, words, the latest numbers.
SELECT word FROM (
    SELECT DISTINCT label AS word, 0 AS rank FROM run WHERE label <> ''
    UNION ALL SELECT '@latest', 1
    UNION ALL SELECT '@latest~1', 1
    UNION ALL SELECT '@all', 1
    UNION ALL SELECT id, 2 FROM (SELECT id FROM run ORDER BY id DESC LIMIT 20)
) ORDER BY rank, word
