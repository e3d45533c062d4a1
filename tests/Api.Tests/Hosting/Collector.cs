using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>Takes what is sent to a collector of OpenTelemetry, and keeps it as text.</summary>
internal sealed class Collector : IDisposable
{
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();
    private readonly HttpListener _listener = new();

    public Collector()
    {
        Address = $"http://127.0.0.1:{MonolithServer.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(TakeAsync);
    }

    public string Address { get; }

    public bool Has(string path, string text) => _received.Any(one => one.Path.StartsWith(path, StringComparison.Ordinal) && one.Text.Contains(text, StringComparison.Ordinal));

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                _received.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
