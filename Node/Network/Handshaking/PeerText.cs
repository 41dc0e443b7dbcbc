using System.Buffers;
using System.Text;
using EnergyChain.Core;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>Text that a peer sent, before it goes into our log.</summary>
internal static class PeerText
{
    /// <summary>One line of printable characters, cut at the limit.</summary>
    public static string Clean(string text)
    {
        string cut = text.Length > Limits.MaxPeerReasonBytes ? text[..Limits.MaxPeerReasonBytes] : text;
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }

    /// <summary>Bytes as one line of ASCII, a dot for what cannot be printed.</summary>
    public static string OfBytes(ReadOnlySequence<byte> bytes) =>
        string.Concat(Encoding.ASCII.GetString(bytes).Select(letter => letter is >= ' ' and <= '~' ? letter : '.'));
}
