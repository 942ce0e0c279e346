"""What the review log says about the person: activity, strength, readiness."""
