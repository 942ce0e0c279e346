CREATE TABLE migration (
    name VARCHAR NOT NULL,
    applied_ms BIGINT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE setting (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE device (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid)
);

CREATE TABLE weights (
    id INTEGER NOT NULL,
    model VARCHAR NOT NULL,
    parameters VARCHAR NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE source (
    id INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    format VARCHAR,
    added_ms BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (path)
);

CREATE TABLE deck (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    path VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    size BIGINT NOT NULL,
    mtime_ns BIGINT NOT NULL,
    skipped INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    UNIQUE (path)
);

CREATE TABLE topic (
    id INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (path)
);

CREATE TABLE drawn (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    review_uid BLOB NOT NULL,
    seed BIGINT NOT NULL,
    typed VARCHAR NOT NULL,
    correct BOOLEAN,
    PRIMARY KEY (id),
    UNIQUE (uid)
);

CREATE TABLE mock_entry (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    mock_uid BLOB NOT NULL,
    ms BIGINT NOT NULL,
    place INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    line INTEGER,
    points INTEGER,
    text VARCHAR NOT NULL,
    spent_ms INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid)
);

CREATE TABLE real_interview (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    ms BIGINT NOT NULL,
    day INTEGER NOT NULL,
    company VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid)
);

CREATE TABLE real_question (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    interview_uid BLOB NOT NULL,
    place INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    points INTEGER NOT NULL,
    card_uid BLOB,
    topic VARCHAR,
    expected FLOAT,
    PRIMARY KEY (id),
    UNIQUE (uid)
);

CREATE TABLE note (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    deck_id INTEGER NOT NULL,
    topic_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    front VARCHAR NOT NULL,
    back VARCHAR NOT NULL,
    details VARCHAR NOT NULL,
    explicit_id VARCHAR,
    text_hash BLOB NOT NULL,
    front_hash BLOB NOT NULL,
    line INTEGER NOT NULL,
    retired BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(deck_id) REFERENCES deck (id),
    FOREIGN KEY(topic_id) REFERENCES topic (id)
);

CREATE TABLE mock (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    ms BIGINT NOT NULL,
    study_day INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    minutes FLOAT NOT NULL,
    kind VARCHAR NOT NULL,
    company VARCHAR,
    "plan" VARCHAR NOT NULL,
    device_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(device_id) REFERENCES device (id)
);

CREATE TABLE card (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    note_id INTEGER NOT NULL,
    deck_id INTEGER NOT NULL,
    topic_id INTEGER NOT NULL,
    sibling VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    retired BOOLEAN NOT NULL,
    state INTEGER NOT NULL,
    step INTEGER,
    stability FLOAT,
    difficulty FLOAT,
    fsrs_day INTEGER,
    answered_ms BIGINT,
    due_day INTEGER,
    due_ms BIGINT,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    suspended BOOLEAN NOT NULL,
    buried_until INTEGER,
    flag VARCHAR,
    leech BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(note_id) REFERENCES note (id),
    FOREIGN KEY(deck_id) REFERENCES deck (id),
    FOREIGN KEY(topic_id) REFERENCES topic (id)
);

CREATE TABLE decision (
    id INTEGER NOT NULL,
    ms BIGINT NOT NULL,
    old_note_id INTEGER NOT NULL,
    new_note_id INTEGER,
    joined BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    "before" VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(old_note_id) REFERENCES note (id),
    FOREIGN KEY(new_note_id) REFERENCES note (id)
);

CREATE TABLE review (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    card_id INTEGER NOT NULL,
    ms BIGINT NOT NULL,
    study_day INTEGER NOT NULL,
    fsrs_day INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    scheduled BOOLEAN NOT NULL,
    predicted FLOAT,
    weights_id INTEGER NOT NULL,
    device_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    step INTEGER,
    due_day INTEGER,
    due_ms BIGINT,
    leech BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(card_id) REFERENCES card (id),
    FOREIGN KEY(weights_id) REFERENCES weights (id),
    FOREIGN KEY(device_id) REFERENCES device (id)
);

CREATE TABLE event (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    card_id INTEGER NOT NULL,
    ms BIGINT NOT NULL,
    study_day INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    target BLOB,
    until_day INTEGER,
    text VARCHAR NOT NULL,
    device_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(card_id) REFERENCES card (id),
    FOREIGN KEY(device_id) REFERENCES device (id)
);

CREATE TABLE rehearsal (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    card_id INTEGER NOT NULL,
    ms BIGINT NOT NULL,
    study_day INTEGER NOT NULL,
    target_ms INTEGER NOT NULL,
    spoken_ms INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    probes VARCHAR NOT NULL,
    story VARCHAR,
    device_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(card_id) REFERENCES card (id),
    FOREIGN KEY(device_id) REFERENCES device (id)
);

CREATE TABLE rehearsalmark (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    rehearsal_id INTEGER NOT NULL,
    ms BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    position INTEGER,
    points INTEGER,
    text VARCHAR NOT NULL,
    review_uid BLOB,
    PRIMARY KEY (id),
    UNIQUE (uid),
    FOREIGN KEY(rehearsal_id) REFERENCES rehearsal (id)
);

CREATE INDEX ix_card_due ON card (state, due_day, deck_id, retired, suspended, buried_until, stability, uid, note_id, topic_id);

CREATE INDEX ix_card_note ON card (note_id);

CREATE INDEX ix_card_topic ON card (topic_id, state, deck_id, position, retired, suspended);

CREATE INDEX ix_decision_old_note ON decision (old_note_id);

CREATE INDEX ix_drawn_review_uid ON drawn (review_uid);

CREATE INDEX ix_event_card ON event (card_id, ms);

CREATE INDEX ix_event_target ON event (target);

CREATE INDEX ix_mock_entry_mock_uid ON mock_entry (mock_uid);

CREATE INDEX ix_note_deck ON note (deck_id);

CREATE INDEX ix_note_explicit_id ON note (explicit_id) WHERE explicit_id IS NOT NULL;

CREATE INDEX ix_note_kind ON note (kind) WHERE kind = 'story' OR kind = 'drill';

CREATE INDEX ix_note_text ON note (text_hash);

CREATE INDEX ix_real_question_interview_uid ON real_question (interview_uid);

CREATE INDEX ix_rehearsal_card ON rehearsal (card_id, ms);

CREATE INDEX ix_rehearsalmark_rehearsal ON rehearsalmark (rehearsal_id);

CREATE INDEX ix_review_card ON review (card_id, ms);

CREATE INDEX ix_review_day ON review (study_day, ms);
