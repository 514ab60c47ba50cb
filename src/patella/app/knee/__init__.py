"""What is noted of the knee outside a session: pain, scores, hours of sitting."""
