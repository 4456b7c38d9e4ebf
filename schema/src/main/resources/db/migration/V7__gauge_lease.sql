-- A new holder publishes one scrape interval after the end of the one before, when its last values are out of sight.
alter table gauge_lease rename column held_since to publish_from;
