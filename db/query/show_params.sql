SELECT DISTINCT param.name, param.value FROM selected JOIN param USING (process_id) ORDER BY 1, 2
