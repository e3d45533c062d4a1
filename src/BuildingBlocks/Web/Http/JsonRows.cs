using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monolith.Kernel.Json;

namespace Monolith.Web.Http;

/// <summary>Writes rows into memory, a batch at a time.</summary>
internal interface IRowWriter<T> : IDisposable
{
    string ContentType { get; }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    ReadOnlyMemory<byte> Written { get; }

    void Begin();

    void Write(IReadOnlyList<T> rows);

    void End(long? count);

    void Clear();
}

/// <summary>Rows as a JSON array, or as an object with the array and its count.</summary>
/// <param name="property">The name of the array; null for the array alone.</param>
/// <param name="head">The other members of the object, in place of the count.</param>
internal sealed class JsonRows<T>(string? property, JsonElement? head = null) : IRowWriter<T>
{
    private static readonly JsonTypeInfo<T> Contract = (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T));
    private static readonly JsonTypeInfo<IReadOnlyList<T>> ListContract = (JsonTypeInfo<IReadOnlyList<T>>)WireJson.Options.GetTypeInfo(typeof(IReadOnlyList<T>));

    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

    public string ContentType => "application/json; charset=utf-8";

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Begin()
    {
        BeginObject();
        _json.WriteStartArray();
    }

    /// <summary>All of it at once: the serializer sets itself up once for the list where batches make it do so for each row.</summary>
    public void WriteWhole(IReadOnlyList<T> rows, long? count)
    {
        BeginObject();
        JsonSerializer.Serialize(_json, rows, ListContract);
        EndObject(count);
    }

    public void Write(IReadOnlyList<T> rows)
    {
        foreach (var row in rows)
            JsonSerializer.Serialize(_json, row, Contract);
        _json.Flush();
    }

    public void End(long? count)
    {
        _json.WriteEndArray();
        EndObject(count);
    }

    public void Clear() => _buffer.Clear();

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    private void BeginObject()
    {
        _json.Reset(_buffer);
        if (property is null)
            return;
        _json.WriteStartObject();
        foreach (var member in head?.EnumerateObject().Where(member => member.Name != property) ?? [])
            member.WriteTo(_json);
        _json.WritePropertyName(property);
    }

    private void EndObject(long? count)
    {
        if (property is not null)
        {
            if (head is null && count is { } known)
                _json.WriteNumber("count", known);
            _json.WriteEndObject();
        }
        _json.Flush();
        _buffer.Write("\n"u8);
    }
}
