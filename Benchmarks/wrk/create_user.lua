-- `create-user` with a licence by webhook: every request is another user and another order. PREFIX makes each run's own.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    count = 0
    prefix = os.getenv("PREFIX") .. "-" .. number .. "-"
    headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("WEBHOOK") }
end

function request()
    count = count + 1
    local id = prefix .. count
    return wrk.format("POST", "/api/webhook", headers,
        '{"action":"create-user","email":"' .. id .. '@example.com","name":"Ada Lovelace","ifExists":"use",'
        .. '"license":{"productId":"studio","seats":2,"validUntil":"2090-01-01","externalRef":"order-' .. id .. '"}}')
end

function done(summary, latency, _)
    dofile(os.getenv("REPORT"))(summary, latency)
end
