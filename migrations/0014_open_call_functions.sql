-- For ledgers that keep the calls they have open in the database (MODELGRAPH_WAL=database).

-- Writes attempts that are about to begin; those that are there already stay as they are. What was refused is deleted where it got here all
-- the same. Answers false, and writes nothing, when others take over the replica's calls: who does that waits for this statement or is waited for.
CREATE FUNCTION write_openings(replica uuid, opened text, refused text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ledger_owners o WHERE o.replica_id = replica AND NOT o.gone FOR SHARE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM open_calls c USING json_to_recordset(refused::json) AS r(id uuid, number integer)
  WHERE c.id = r.id AND c.number = r.number;
  INSERT INTO open_calls (id, number, replica_id, record)
  SELECT r.id, r.number, replica, r.record FROM json_to_recordset(opened::json) AS r(id uuid, number integer, record text)
  ON CONFLICT DO NOTHING;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Writes the rows of calls that have ended and deletes what was open of them: a call is one or the other, never both and never neither.
CREATE FUNCTION end_calls(events text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM open_calls c WHERE c.id IN (SELECT e.id FROM json_to_recordset(events::json) AS e(id uuid));
  RETURN ingest_usage(events);
END
$$;
