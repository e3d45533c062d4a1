using System.Buffers;

namespace Monolith.Web.Http;

/// <summary>Bytes in memory that other answers use again: a page is as long as the page before it, and a new buffer for each is most of what a page allocates.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 1 << 15;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _written;

    /// <summary>What was written since <see cref="Clear"/>; its memory is another's after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    public void Clear() => _written = 0;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _written);
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, _written) = ([], 0);
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - _written >= wanted)
            return;
        var longer = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_written + wanted), Math.Max(_bytes.Length * 2, FirstSize)));
        _bytes.AsSpan(0, _written).CopyTo(longer);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = longer;
    }
}
