-- Logins of USERS users, one after the other, each on a device of its own.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    count = number
    users = tonumber(os.getenv("USERS"))
    headers = { ["Content-Type"] = "application/json" }
end

function request()
    count = count + 1
    return wrk.format("POST", "/api/auth/login", headers,
        '{"email":"bench-' .. (count % users) .. '@example.com","password":"' .. os.getenv("PASSWORD") .. '"}')
end

function done(summary, latency, _)
    dofile(os.getenv("REPORT"))(summary, latency)
end
