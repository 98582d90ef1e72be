-- Whether any widget has an origin is asked with each request of a page: looked up, where all origins used to be read.
CREATE INDEX widget_origins_by_origin ON widget_origins (origin);
