using System.Globalization;
using Monolith.SlowClients;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: SlowClients <server> <session token> [slow clients of each kind] [seconds of each round]");
    return 2;
}

var (server, token) = (new Uri(args[0]), args[1]);
var each = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 300;
var time = TimeSpan.FromSeconds(args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 10);
const string Invented = "AAAAAAAAAA-BBBBBBBBBBBBBBBBBBBBBB";
const string Body = "Content-Type: application/json\r\nContent-Length: 1000000\r\n";

(string Name, Func<SlowClient>[] Kinds)[] rounds =
[
    ("nobody is slow", []),
    ("slow writers, anonymous", [() => SlowClient.Writer(server, "POST /api/v2/users/first", Invented, Body)]),
    ("slow writers, signed in", [() => SlowClient.Writer(server, "POST /api/v2/users", token, Body)]),
    ("slow readers, anonymous", [() => SlowClient.Reader(server, "GET /openapi/v2.json", null)]),
    ("slow readers, signed in", [() => SlowClient.Reader(server, "GET /api/v2/users?limit=0", token)]),
    ("slow writers and readers of each kind",
    [
        () => SlowClient.Writer(server, "POST /api/v2/users/first", Invented, Body),
        () => SlowClient.Writer(server, "POST /api/v2/users", token, Body),
        () => SlowClient.Reader(server, "GET /openapi/v2.json", null),
        () => SlowClient.Reader(server, "GET /api/v2/users?limit=0", token),
    ]),
    ("nobody is slow, again", []),
];

await Load.RunAsync(server, token, TimeSpan.FromSeconds(3));
Console.WriteLine($"{"",-40} {"pages",8} {"p50 ms",8} {"p99 ms",8} {"not 200",8} {"/readyz",12} {"slow",6}");
foreach (var (name, kinds) in rounds)
{
    using var end = new CancellationTokenSource();
    var clients = kinds.SelectMany(kind => Enumerable.Range(0, each).Select(_ => kind())).ToList();
    var running = clients.ConvertAll(client => client.RunAsync(end.Token));
    while (clients.Exists(client => !client.IsUnderWay && !client.HasEnded))
        await Task.Delay(20);
    var result = await Load.RunAsync(server, token, time);
    var stayed = clients.Count(client => !client.HasEnded);
    await end.CancelAsync();
    await Task.WhenAll(running);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-40} {result.Pages,8} {result.P50,8:0.0} {result.P99,8:0.0} {result.Failed,8} {$"{result.Ready}/{result.Asked}",12} {stayed,6}"));
}

return 0;
