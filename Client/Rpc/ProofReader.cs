using EnergyChain.Core.Codec;
using Google.Protobuf;

namespace EnergyChain.Client.Rpc;

/// <summary>Reads the canonical values in answers.</summary>
internal static class ProofReader
{
    public static T Read<T>(ByteString bytes)
        where T : IBcsValue<T> => Bcs.TryDecode(bytes.Span, out T? value, out DecodeError error)
            ? value
            : throw new NodeClientException(
                NodeClientError.BadAnswer,
                $"The node sent {bytes.Length} bytes that are no {typeof(T).Name} ({error}): it is of another version, "
                + "or not a node.");
}
