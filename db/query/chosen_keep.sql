-- Of the chosen runs only those with this parameter; numbers are equal however they are written.
DELETE FROM chosen
WHERE NOT EXISTS (SELECT 1 FROM run_param p
                  WHERE p.run_id = chosen.run_id AND p.name = :name
                        AND (p.value = :value
                             OR (p.value GLOB '*[0-9]*' AND :value GLOB '*[0-9]*'
                                 AND NOT p.value GLOB '*[^0-9.eE+-]*' AND NOT :value GLOB '*[^0-9.eE+-]*'
                                 AND CAST(p.value AS REAL) = CAST(:value AS REAL))))
