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
}
