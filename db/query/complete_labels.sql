SELECT DISTINCT label FROM run WHERE label <> '' ORDER BY label
