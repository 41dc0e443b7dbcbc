namespace EnergyChain.Node.Api;

/// <summary>Pages of a list that lies in memory.</summary>
internal static class ListPage
{
    /// <summary>The part of the list that the page shows, and the token of the page after it.</summary>
    public static (int From, int To, string Next) Of(string pageToken, uint pageSize, int count)
    {
        ulong offset = PageToken.Numbers(pageToken, 1)?[0] ?? 0;
        int from = (int)Math.Min(offset, (ulong)count);
        int to = Math.Min(count, from + RequestFields.PageSize(pageSize));
        return (from, to, to < count ? PageToken.OfNumbers((ulong)to) : "");
    }
}
