/**
 * The iris table: 150 flowers, four measurements in centimetres, three species of fifty.
 *
 * Two versions are in use. Fisher's article (also R and scikit-learn) and the file of the UCI repository (also
 * Kaggle's Iris.csv) differ in flowers 35 and 38 (from 1).
 * Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936).
 */
import { FormatError, UsageError } from "../tensor/errors.ts";
import { checkOptions, names } from "../tensor/options.ts";
import { columnMatrix, columnText, parseCsv } from "./csv.ts";
import type { NamedClassData } from "./dataset.ts";

/** Sepal length, sepal width, petal length, petal width of each flower in tenths of a centimetre, two digits each. */
const flowers = [
  // setosa
  "51351402 49301402 47321302 46311502 50361402 54391704 46341403 50341502 44291402 49311501",
  "54371502 48341602 48301401 43301101 58401202 57441504 54391304 51351403 57381703 51381503",
  "54341702 51371504 46361002 51331705 48341902 50301602 50341604 52351502 52341402 47321602",
  "48311602 54341504 52411501 55421402 49311502 50321202 55351302 49361401 44301302 51341502",
  "50351303 45231303 44321302 50351606 51381904 48301403 51381602 46321402 53371502 50331402",
  // versicolor
  "70324714 64324515 69314915 55234013 65284615 57284513 63334716 49243310 66294613 52273914",
  "50203510 59304215 60224010 61294714 56293613 67314414 56304515 58274110 62224515 56253911",
  "59324818 61284013 63254915 61284712 64294313 66304414 68284814 67305017 60294515 57263510",
  "55243811 55243710 58273912 60275116 54304515 60344516 67314715 63234413 56304113 55254013",
  "55264412 61304614 58264012 50233310 56274213 57304212 57294213 62294313 51253011 57284113",
  // virginica
  "63336025 58275119 71305921 63295618 65305822 76306621 49254517 73296318 67255818 72366125",
  "65325120 64275319 68305521 57255020 58285124 64325323 65305518 77386722 77266923 60225015",
  "69325723 56284920 77286720 63274918 67335721 72326018 62284818 61304918 64285621 72305816",
  "74286119 79386420 64285622 63285115 61265614 77306123 63345624 64315518 60304818 69315421",
  "67315624 69315123 58275119 68325923 67335725 67305223 63255019 65305220 62345423 59305118",
];

/** The two flowers where UCI's file differs from Fisher's table, by row from 0. */
const kaggleRows = new Map([
  [34, "49311501"],
  [37, "49311501"],
]);

const featureNames = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
const classNames = ["setosa", "versicolor", "virginica"];
const csvColumns = ["SepalLengthCm", "SepalWidthCm", "PetalLengthCm", "PetalWidthCm"];

/**
 * The iris table, species in order: x [150, 4] in centimetres, y 0 (setosa), 1 (versicolor), 2 (virginica).
 * @param options.variant "fisher" (default) or "kaggle", which differ in flowers 35 and 38.
 * @throws {UsageError} if there is no such variant.
 * @example iris({ variant: "kaggle" }).x.shape // [150, 4]
 */
export function iris(options: { readonly variant?: "fisher" | "kaggle" } = {}): NamedClassData {
  checkOptions("iris", names("variant"), options);
  const { variant = "fisher" } = options;
  if (variant !== "fisher" && variant !== "kaggle")
    throw new UsageError(
      `iris: variant must be "fisher" or "kaggle", received ${JSON.stringify(variant)}. Give one of the two.`,
    );
  const rows = flowers.flatMap((line) => line.split(" "));
  if (variant === "kaggle") for (const [row, digits] of kaggleRows) rows[row] = digits;
  const data = Float64Array.from(
    rows.flatMap((digits) => [0, 2, 4, 6].map((at) => Number(digits.slice(at, at + 2)) / 10)),
  );
  const y = Int32Array.from(rows, (_, i) => Math.floor(i / 50));
  return { x: { shape: [150, 4], data }, y, featureNames, classNames };
}

/**
 * Reads Kaggle's Iris.csv (columns Id, SepalLengthCm, SepalWidthCm, PetalLengthCm, PetalWidthCm, Species).
 * The species may be written with or without "Iris-"; other columns are ignored.
 * @throws {FormatError} naming the line, if a column is missing, a cell is not a number or a species is unknown.
 * @example readIrisCsv(await readText("Iris.csv")).x.shape // [150, 4]
 */
export function readIrisCsv(text: string): NamedClassData {
  const table = parseCsv(text, "readIrisCsv");
  const x = columnMatrix(table, csvColumns);
  const y = Int32Array.from(columnText(table, "Species"), (species, i) => {
    const label = classNames.indexOf(species.replace(/^Iris-/, ""));
    if (label < 0)
      throw new FormatError(
        `readIrisCsv: line ${table.lines[i]}: expected Species to be Iris-${classNames.join(", Iris-")}, received ${JSON.stringify(species)}. Correct the name.`,
      );
    return label;
  });
  return { x, y, featureNames, classNames };
}
