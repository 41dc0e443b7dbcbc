using System.Globalization;
using System.Text;
using EnergyChain.Client;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Localization;
using EnergyChain.Dashboard.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace EnergyChain.Dashboard.Billing;

/// <summary>The bill as a file to download: /bills/csv?site=3&amp;period=2026-08.</summary>
internal static class BillEndpoints
{
    public const string Path = "/bills/csv";

    private const int LinesAtOnce = 200;

    public static void MapBills(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, AnswerAsync).RequireAuthorization(Policies.Read);

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        NodeSession session,
        SharedAnswers answers,
        BillReader reader,
        SiteClock clock,
        IStringLocalizer<BillsText> texts,
        string? site,
        string? period)
    {
        if (!uint.TryParse(site, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            || !BillPeriod.TryParse(period, out BillPeriod? wanted)
            || wanted is null)
        {
            return Problem(StatusCodes.Status400BadRequest, texts["Csv.Bad"]);
        }

        if (session.Current.Market is not { } market)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, texts["Csv.NoMarket"]);
        }

        try
        {
            SlotSpan span = wanted.Slots(clock, market.SlotSeconds);
            SiteBill bill = await answers.History.RunAsync(
                stop => reader.ReadAsync(
                    session.Node,
                    number,
                    span,
                    market.SlotSeconds,
                    stop),
                context.RequestAborted);
            if (!bill.IsWhole)
            {
                // A file is added up by others: one that lacks slots must not look like one that does not.
                string begin = clock.Full(
                    DateTimeOffset.FromUnixTimeSeconds((long)(bill.FirstSlot * market.SlotSeconds)));
                return Problem(StatusCodes.Status422UnprocessableEntity, texts["Csv.NotWhole", wanted.Name, begin]);
            }

            string name = session.Current.Sites.FirstOrDefault(info => info.Site == number)?.Name ?? "";
            BillCsv csv = new(number, Shown.Text(name), clock, market.SlotSeconds, bill.Erased);
            context.Response.Headers[HeaderNames.ContentDisposition] =
                $"attachment; filename=\"bill-site-{number}-{wanted.Name}.csv\"";
            return Results.Stream(
                stream => WriteAsync(stream, csv, bill, context.RequestAborted), "text/csv; charset=utf-8");
        }
        catch (NodeClientException error)
        {
            return Problem(StatusCodes.Status502BadGateway, texts["Csv.NoHistory", Shown.Text(error.Message)]);
        }
    }

    // The mark at the begin tells spreadsheets that the names are UTF-8.
    private static async Task WriteAsync(Stream stream, BillCsv csv, SiteBill bill, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(BillCsv.Header.AsMemory(), cancellationToken);
        int written = 0;
        foreach (BillLine line in bill.Lines)
        {
            await writer.WriteLineAsync(csv.Row(line).AsMemory(), cancellationToken);
            if (++written % LinesAtOnce == 0)
            {
                await writer.FlushAsync(cancellationToken);
            }
        }
    }

    private static IResult Problem(int status, string text) =>
        Results.Text(text, "text/plain; charset=utf-8", statusCode: status);
}
