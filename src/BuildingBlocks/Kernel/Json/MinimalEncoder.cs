using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Monolith.Kernel.Json;

/// <summary>Escapes what JSON needs, and what would be markup or a line end where the text lands in a page: <c>&lt; &gt; &amp;</c>, U+2028 and U+2029. Nothing else, so that programs which only look at bytes find an e-mail address.</summary>
internal sealed class MinimalEncoder : JavaScriptEncoder
{
    private const string Always = "\"\\<>&\u2028\u2029";

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Always, .. Range('\0', ' '), .. Range('\ud800', '\ue000')]);

    // The first byte of U+2028 and U+2029 is that of many others.
    private static readonly SearchValues<byte> SuspectBytes = SearchValues.Create([.. "\"\\<>&"u8, .. Enumerable.Range(0, ' ').Select(code => (byte)code), 0xE2]);

    public static MinimalEncoder Instance { get; } = new();

    /// <summary>A backslash, a <c>u</c> and four digits.</summary>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar < ' ' || (unicodeScalar <= '\u2029' && Always.Contains((char)unicodeScalar));

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => Find(new ReadOnlySpan<char>(text, textLength));

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (var at = 0; ; at++)
        {
            var next = utf8Text[at..].IndexOfAny(SuspectBytes);
            if (next < 0)
                return -1;
            at += next;
            if (utf8Text[at] != 0xE2 || utf8Text[at..] is [_, 0x80, 0xA8 or 0xA9, ..])
                return at;
        }
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (Short(unicodeScalar) is { } letter)
        {
            numberOfCharactersWritten = 2;
            return Write(output, ['\\', letter], ref numberOfCharactersWritten);
        }

        numberOfCharactersWritten = 6;
        return Write(output, $"\\u{unicodeScalar:X4}", ref numberOfCharactersWritten);
    }

    private static bool Write(Span<char> output, ReadOnlySpan<char> text, ref int written)
    {
        if (text.TryCopyTo(output))
            return true;
        written = 0;
        return false;
    }

    private static char? Short(int scalar) => scalar switch
    {
        '"' => '"',
        '\\' => '\\',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => null,
    };

    // Pairs of surrogates are characters like others; a lone one is no text, and the framework replaces it.
    private static int Find(ReadOnlySpan<char> text)
    {
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny(Suspects);
            if (next < 0)
                return -1;
            at += next;
            if (!char.IsSurrogate(text[at]) || Rune.DecodeFromUtf16(text[at..], out _, out _) != OperationStatus.Done)
                return at;
            at++;
        }
    }

    private static IEnumerable<char> Range(char first, char end) => Enumerable.Range(first, end - first).Select(code => (char)code);
}
