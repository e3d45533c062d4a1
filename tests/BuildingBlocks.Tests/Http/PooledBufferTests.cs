using System.Buffers;
using System.Security.Cryptography;
using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

public sealed class PooledBufferTests
{
    [Fact]
    public void Holds_what_was_written_however_long_it_grows()
    {
        using var buffer = new PooledBuffer();
        var expected = new List<byte>();
        foreach (var length in new[] { 1, 1000, 40_000, 3, 200_000 })
        {
            var part = RandomNumberGenerator.GetBytes(length);
            buffer.Write(part);
            expected.AddRange(part);
        }

        Assert.Equal(expected, buffer.WrittenMemory.ToArray());
        buffer.Clear();
        Assert.True(buffer.WrittenMemory.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(int.MaxValue));
    }

    [Fact]
    public void Gives_its_memory_back_once()
    {
        var buffer = new PooledBuffer();
        buffer.Write("text"u8);
        buffer.Dispose();
        Assert.True(buffer.WrittenMemory.IsEmpty);
        buffer.Dispose();
    }
}
