using System.Diagnostics;
using Monolith.Fuzz;

var options = FuzzOptions.Parse(args);
if (options is null)
    return 2;

using var world = new World(options.Url);
await world.SetUpAsync();
var operations = await Description.ReadAsync(options.Url);
Console.WriteLine($"{operations.Count} operations, seed {options.Seed}, {options.Requests} requests over {options.Connections} connections to {options.Url}");

var report = new Report();
var started = Stopwatch.GetTimestamp();
await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(worker => Task.Run(async () =>
{
    using var sender = new Sender(options.Url);
    for (var number = worker; number < options.Requests; number += options.Connections)
    {
        // Each request has a source of its own, so that one can be repeated without the others.
        var random = new Random(unchecked((options.Seed * 1_000_003) + number));
        var request = new RequestMaker(random, world).Make(operations[random.Next(operations.Count)]);
        if (options.Only is { } only && only != number)
            continue;
        var outcome = request.Raw ? await RawSender.SendAsync(options.Url, request) : await sender.SendAsync(request);
        report.Add(number, request, outcome);
        world.Learn(request, outcome);
        if (number % 5000 == 0)
            Console.Error.WriteLine($"{number} …");
    }
})));

return report.Print(Console.Out, options.Url, Stopwatch.GetElapsedTime(started)) ? 0 : 1;
