-- The board looks for the newest answers, from the newest campaign backwards: every night adds a thousand.
create index questions_answered on campaigns.questions (campaign, study, starts_at) where state = 'done';
create index campaigns_hourly on campaigns.campaigns (establishment, asked_at) where hourly;
