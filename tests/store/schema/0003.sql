BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE entry (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(200) NOT NULL, 
	person_id INTEGER NOT NULL, 
	session_id VARCHAR(200), 
	kind VARCHAR(200) NOT NULL, 
	day DATE NOT NULL, 
	at TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT uq_entry_id UNIQUE (id), 
	CONSTRAINT fk_entry_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "entry" VALUES(1,'a-0',1,'s-1','session.begun','2026-01-01','2026-01-01T18:00:00.250000+01:00','{"plan":{"items":[]}}');
INSERT INTO "entry" VALUES(2,'a-1',1,'s-1','set.done','2026-01-01','2026-01-01T18:01:00.250000+01:00','{"exercise":"long bridge","reps":12,"side":"left"}');
INSERT INTO "entry" VALUES(3,'a-2',1,'s-1','pain.noted','2026-01-01','2026-01-01T18:02:00.250000+01:00','{"nprs":2,"note":"za\u017c\u00f3\u0142\u0107","when":"during"}');
INSERT INTO "entry" VALUES(4,'a-3',1,NULL,'entry.undone','2026-01-01','2026-01-01T18:03:00.250000+01:00','{"of":"a-2"}');
CREATE TABLE memo (
	person_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_memo PRIMARY KEY (person_id, name, day), 
	CONSTRAINT fk_memo_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "memo" VALUES(1,'progress','2026-01-01','{"level":1}');
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	made_at TEXT NOT NULL
);
INSERT INTO "person" VALUES(1,'2026-01-01T18:00:00+01:00');
CREATE TABLE span (
	person_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	since DATE NOT NULL, 
	day DATE NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_span PRIMARY KEY (person_id, name), 
	CONSTRAINT fk_span_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "span" VALUES(1,'month','2025-10-09','2026-01-02','{"days":1}');
CREATE INDEX ix_entry_person_id_kind_day ON entry (person_id, kind, day);
CREATE INDEX ix_entry_person_id_kind_seq ON entry (person_id, kind, seq);
CREATE INDEX ix_entry_person_id_day ON entry (person_id, day);
CREATE INDEX ix_entry_person_id_seq ON entry (person_id, seq);
CREATE INDEX ix_entry_person_id_session_id ON entry (person_id, session_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('person',1);
INSERT INTO "sqlite_sequence" VALUES('entry',4);
COMMIT;
