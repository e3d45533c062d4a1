using System.Buffers;
using System.Text.Json;
using Monolith.Kernel.Json;

namespace Monolith.Web.Http;

/// <summary>A JSON object a line (NDJSON).</summary>
internal sealed class JsonLines<T> : IRowWriter<T>
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

    public string ContentType => "application/x-ndjson";

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Begin()
    {
    }

    public void Write(IReadOnlyList<T> rows)
    {
        foreach (var row in rows)
        {
            _json.Reset(_buffer);
            JsonSerializer.Serialize(_json, row, WireJson.Options);
            _json.Flush();
            _buffer.Write("\n"u8);
        }
    }

    public void End(long? count)
    {
    }

    public void Clear() => _buffer.ResetWrittenCount();

    public void Dispose() => _json.Dispose();
}
