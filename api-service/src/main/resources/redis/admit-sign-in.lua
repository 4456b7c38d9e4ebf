-- Counts one attempt unless a pause is on. Returns the milliseconds still to wait, 0 when the attempt may go ahead.
-- KEYS[1] hash with failures, pausedUntil
-- ARGV: now, freeAttempts, firstPause, longestPause, memory (all times in ms)
local now = tonumber(ARGV[1])
local pausedUntil = tonumber(redis.call('HGET', KEYS[1], 'pausedUntil') or '0')
if pausedUntil > now then
    return pausedUntil - now
end
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
local over = failures - tonumber(ARGV[2])
if over >= 0 then
    local pause = math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ math.min(over, 30))
    redis.call('HSET', KEYS[1], 'pausedUntil', string.format('%.0f', now + pause))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 0
