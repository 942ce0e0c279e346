"""When a card is asked again: FSRS answering, study days, the queue's order, replay."""
