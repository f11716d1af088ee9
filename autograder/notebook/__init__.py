"""What makes nbgrader judge with evidence: preprocessors and an exporter, all set through configuration."""
