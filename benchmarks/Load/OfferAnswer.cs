using System.Buffers;
using EnergyChain.Core.Chain;
using Google.Protobuf;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// The refusals of a SubmitTransactionsResponse. Read by hand: the ids in it, which the generator knows, would cost it
/// more than everything else that it does.
/// </summary>
internal sealed record OfferAnswer(IReadOnlyList<TransactionRefusal> Refusals)
{
    private const int ResultsField = 1;
    private const int RefusalField = 2;

    public static OfferAnswer Read(ReadOnlySequence<byte> bytes)
    {
        List<TransactionRefusal> refusals = [];
        using CodedInputStream input = new(bytes.ToArray());
        while (input.ReadTag() is uint tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == ResultsField)
            {
                refusals.Add(RefusalOf(input));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return new OfferAnswer(refusals);
    }

    private static TransactionRefusal RefusalOf(CodedInputStream input)
    {
        TransactionRefusal refusal = TransactionRefusal.None;
        int length = input.ReadLength();
        long end = input.Position + length;
        while (input.Position < end)
        {
            uint tag = input.ReadTag();
            if (WireFormat.GetTagFieldNumber(tag) == RefusalField)
            {
                refusal = (TransactionRefusal)input.ReadEnum();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return refusal;
    }
}
