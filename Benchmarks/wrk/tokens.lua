-- Each thread has a queue of refresh tokens. A request takes the first, and the token of its answer goes to the end, so
-- that every refresh uses the token of an earlier answer and no token is used twice.
--
-- TOKENS names a file with one token a line; thread n of THREADS takes every THREADS-th. KIND says whom it is for:
--   usher     JSON in the body, a new token in each answer
--   glewlwyd  a form; the token stays the same where the answer has none
--   hello     the same work on this side for a server that does nothing
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    kind = os.getenv("KIND")
    local every = tonumber(os.getenv("THREADS"))
    tokens, first, last = {}, 1, 0
    local line = 0
    for token in io.lines(os.getenv("TOKENS")) do
        if line % every == number then
            last = last + 1
            tokens[last] = token
        end
        line = line + 1
    end
    sent, failed = {}, 0
    headers = {
        ["Content-Type"] = kind == "glewlwyd" and "application/x-www-form-urlencoded" or "application/json",
    }
end

function request()
    local token = tokens[first]
    if token == nil then error("no token is left: give more tokens than connections") end
    tokens[first] = nil
    first = first + 1
    local path, body = "/api/auth/refresh-token", '{"refreshToken":"' .. token .. '"}'
    if kind == "glewlwyd" then
        path, body = "/api/glwd/token", "grant_type=refresh_token&client_id=c1&refresh_token=" .. token
    elseif kind == "hello" then
        path = "/hello"
    end
    if kind ~= "usher" then
        -- Their token is used again, by whichever connection comes next.
        last = last + 1
        tokens[last] = token
    end
    return wrk.format("POST", path, headers, body)
end

function response(status, _, body)
    if status ~= 200 then
        failed = failed + 1
        return
    end
    local token = body:match('"refreshToken":"([^"]+)"')
    if kind == "usher" then
        last = last + 1
        tokens[last] = token
    end
end

function done(summary, latency, _)
    dofile(os.getenv("REPORT"))(summary, latency)
end
