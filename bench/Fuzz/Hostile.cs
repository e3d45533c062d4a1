using System.Text;

namespace Monolith.Fuzz;

/// <summary>Values that nobody sends by accident.</summary>
internal static class Hostile
{
    /// <summary>JSON values, as text, because some are none.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "0", "-0", "-1", "0.5", "1e400", "-1e400", "1e-400", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "3.4028236e38", "NaN", "Infinity", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"😀\"", "\"\\u202e\"", "\"\\r\\n\"",
        "[]", "[null]", "[[]]", "{}", "{\"\":null}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"10000-01-01T00:00:00Z\"",
        "\"0000-00-00\"", "\"2024-02-30T00:00:00Z\"", "\"2024-01-01T00:00:00+99:99\"", "\"infinity\"", "\"-infinity\"", "\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
        "\"'; drop table x; --\"", "\"%\"", "\"\\\\\"", $"\"{new string('x', 10_000)}\"", $"\"{new string('é', 70_000)}\"", new string('[', 200) + new string(']', 200), new string('[', 5000),
        $"[{string.Join(',', Enumerable.Repeat("1", 20_000))}]", "\"", "{", "\ufeff1",
    ];

    /// <summary>Text for paths and queries, percent-encoded.</summary>
    public static readonly string[] Text =
    [
        "", "%00", "a%00b", "%FF", "%ED%A0%80", "%C3", "%", "%2", "%zz", "%2F", "%2e%2e", "..", ".", "%20", "+", "%0d%0a", "%F0%9F%98%80", "%E2%80%AE", "-1", "0", "1e9", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "NaN", "infinity", "-infinity", "0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z", "2024-02-30", "Europe/Berlin", "..%2F..%2Fetc%2Fpasswd", "%27", "%22", "%27%3B--", "%5C", "%25", "_", "*", "true", "null", "undefined", "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff", "%7B00000000-0000-0000-0000-000000000000%7D", "00000000000000000000000000000000", new('x', 300), new('x', 3000), "%F0%9F%98%80%F0%9F%98%80", "%C0%80", "me", "default",
    ];

    /// <summary>Values of the search parameter <c>q</c>, percent-encoded.</summary>
    public static readonly string[] Search =
    [
        "status:active", "status:", "status:x", "role:owner", "role:%00", "q:", ":", "a:b:c", "%22", "%22a%20b%22", "last_seen_before:0001-01-01T00:00:00Z", "last_seen_after:9999-12-31T23:59:59.9999999Z",
        "last_seen_before:infinity", "created_after:2024-02-30", "created_before:10000-01-01", "user_id:x", "github_com_user_id:99999999999999999999", "has-ai-seat:true", "has-ai-seat:maybe", "is_service_account:true",
        "login_type:password", "ai-seat-idle:99999999999", "ai-seat-idle:-1", "name:%25", "%F0%9F%98%80", "status:active%20status:dormant", "organization:default", "group:x", new('a', 2000), "a%20b%20c", "%5C", "_",
    ];

    /// <summary>Headers that mean something somewhere.</summary>
    public static readonly (string Name, string Value)[] Headers =
    [
        ("If-Match", "*"), ("If-Match", "\"\""), ("If-Match", "garbage"), ("If-Match", "W/\"x\", \"y\""), ("If-Match", new string('"', 500)), ("If-None-Match", "*"), ("If-None-Match", "\"x"),
        ("Accept", "text/csv"), ("Accept", "text/csv;q=2"), ("Accept", "application/x-ndjson"), ("Accept", ";;;,,"), ("Accept", "text/html"), ("Accept-Encoding", "gzip, br, x"), ("Accept-Language", "tlh;q=x"),
        ("Range", "bytes=0-0"), ("Expect", "x"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("X-Forwarded-For", "x, 1.2.3.4, ::"), ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-Host", "a b"),
        ("X-Request-Id", new string('r', 300)), ("X-HTTP-Method-Override", "DELETE"), ("X-Coder-Bypass-Ratelimit", "true"), ("X-CSRF-TOKEN", "x"), ("Cookie", "coder_session_token=x; csrf_token=\"; =;;"),
        ("Authorization", "Bearer "), ("Authorization", "Basic !!!"), ("traceparent", "00-x-y-z"), ("User-Agent", new string('u', 5000)), ("Content-Encoding", "gzip"), ("X-Odd", "\u00ff\u0080"),
    ];

    /// <summary>Media types of bodies.</summary>
    public static readonly string?[] MediaTypes =
    [
        null, "", "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=nothing", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/x-ndjson", "application/jsonlines", "application/merge-patch+json", "application/json;", "a/b/c", "*/*", "text/csv",
    ];

    /// <summary>Whole bodies.</summary>
    public static readonly byte[][] Bodies =
    [
        [], [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [.. "{\"a\":\""u8, 0xC3, .. "\"}"u8], [.. "{\""u8, 0xED, 0xA0, 0x80, .. "\":1}"u8],
        .. new[] { "null", "[]", "1", "\"x\"", "{", "}", "{} {}", "{}\n{}\n\n{", "\n\n\n", new('[', 3000), "a=b&c=d", "--x\r\n\r\n--x--", "<a/>", new(' ', 100_000) }.Select(Encoding.UTF8.GetBytes),
        Encoding.Unicode.GetBytes("{\"name\":\"x\"}"),
    ];

    /// <summary>Starts of a chunked body that no client writes.</summary>
    public static readonly string[] Chunks =
    [
        "FFFFFFFFFFFFFFFF\r\nx", "7FFFFFFF\r\nx", "-1\r\nx", "zz\r\n{}\r\n0\r\n\r\n", "2;a=b\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "0\r\nX: y\r\n\r\n", "00000000000000000002\r\n{}\r\n0\r\n\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", "2\r\n{}",
    ];
}
